package io.evenstep.driver.data.file;

/** A file that a task could not read. Our readers throw it, and the first pass catches it. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;

  public UnreadableFileException(String file, String reason, Exception cause) {
    super(reason, cause);
    this.file = file;
  }

  /** The file's path with its scheme. */
  String file() {
    return file;
  }
}
