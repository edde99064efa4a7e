package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void isTheMessageWhereThereIsOne() {
    assertThat(Reason.of(new IOException("disk full"))).isEqualTo("disk full");
    assertThat(Reason.of(new EOFException("after 3 bytes"))).isEqualTo("after 3 bytes");
  }

  @Test
  void isSaidInWordsWhereJavaSaysNothing() {
    assertThat(Reason.of(new ClosedChannelException())).isEqualTo("the connection was closed");
    assertThat(Reason.of(new EOFException())).isEqualTo("it ends too early");
    assertThat(Reason.of(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
  }

  @Test
  void isMoreThanTheNameOfTheFile() {
    assertThat(Reason.of(new NoSuchFileException("a.yaml"))).isEqualTo("there is no such file");
    assertThat(Reason.of(new AccessDeniedException("a.yaml"))).isEqualTo("access is denied");
  }
}
