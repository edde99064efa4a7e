package io.evenstep.model;

/** A disk or file system failed, and may work again later: the same job can then resume. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what could not be done, where, and why. */
  public StorageException(String message) {
    super(message);
  }

  /** The same, with the cause. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
