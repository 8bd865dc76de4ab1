//! Every operating-system call of Haft goes through here.
