package io.evenstep.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which ranks share a process. */
class SeatingTest {
  @Test
  void putsRanksOfAProcessInOneHost() {
    Seating seating = Seating.of(List.of("b", "a", "b", "c", "a"));
    assertThat(seating.hosts()).containsExactly(List.of(0, 2), List.of(1, 4), List.of(3));
    assertThat(seating.firstPlaces()).containsExactly(0, 2, 4, 5);
    assertThat(seating.leadOf(4)).isEqualTo(1);
    assertThat(seating.hostOf(3)).isEqualTo(2);
    assertThat(seating.worldSize()).isEqualTo(5);
  }

  @Test
  void givesEachRankAHostOfItsOwnApart() {
    assertThat(Seating.apart(2)).isEqualTo(new Seating(List.of(List.of(0), List.of(1))));
  }
}
