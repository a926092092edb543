// Style sheets of the whole window, in the order they must cascade: faces, tokens, base. CSS modules come after.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './tokens.css';
import './base.css';
