package io.evenstep.worker.comm;

/** The other end of a connection does not speak as agreed; that connection ends. */
final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
