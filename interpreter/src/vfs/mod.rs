//! Files: the traits that drivers implement and the mount table.
