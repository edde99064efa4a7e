package io.evenstep.driver.data.file;

/** A file that a task could not read; what a reader of ours throws for the first pass to catch. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;

  public UnreadableFileException(String file, String reason, Exception cause) {
    super(reason, cause);
    this.file = file;
  }

  /** The file as a path with its scheme. */
  String file() {
    return file;
  }
}
