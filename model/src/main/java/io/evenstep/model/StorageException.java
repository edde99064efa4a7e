package io.evenstep.model;

/** A disk or file system could not do its part, and may do so later: the same job goes on then. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what could not be done, where, and why. */
  public StorageException(String message) {
    super(message);
  }

  /** The same, and what brought it on. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
