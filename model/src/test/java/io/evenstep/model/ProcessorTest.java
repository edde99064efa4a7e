package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final Set<String> MACHINE = Set.of("sse2", "avx", "avx2", "fma", "avx512f");

  @Test
  void hasWhatTheMachineHasAndJavaUses() {
    assertThat(Processor.allowed(MACHINE, OptionalInt.of(3))).isEqualTo(MACHINE);
    assertThat(Processor.allowed(MACHINE, OptionalInt.of(2)))
        .containsOnly("sse2", "avx", "avx2", "fma");
    assertThat(Processor.allowed(MACHINE, OptionalInt.of(1))).containsOnly("sse2", "avx", "fma");
    assertThat(Processor.allowed(MACHINE, OptionalInt.of(0))).containsOnly("sse2", "fma");
  }

  @Test
  void hasWhatTheMachineHasWhereJavaDoesNotSay() {
    assertThat(Processor.allowed(MACHINE, OptionalInt.empty())).isEqualTo(MACHINE);
  }

  @Test
  void neverHasMoreThanTheMachine() {
    assertThat(Processor.allowed(Set.of("sse2"), OptionalInt.of(3))).containsOnly("sse2");
  }
}
