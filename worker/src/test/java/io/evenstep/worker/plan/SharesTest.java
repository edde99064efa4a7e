package io.evenstep.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 8",
    "2, 8",
    "3, 8",
    "5, 8",
    "7, 8",
    "8, 8",
    "3, 16",
    "6, 16",
    "3, 3",
    "100, 1024"
  })
  void dealsOutEveryShardOnceAndNoRunLongerThanItMustBe(int workers, int shards) {
    Shares shares = new Shares(shards, workers, 1000);
    List<Integer> lengths =
        IntStream.range(0, workers)
            .mapToObj(rank -> shares.firstShard(rank + 1) - shares.firstShard(rank))
            .toList();
    assertThat(shares.firstShard(0)).isZero();
    assertThat(lengths.stream().mapToInt(length -> length).sum()).isEqualTo(shards);
    assertThat(lengths).allSatisfy(length -> assertThat(length).isPositive());
    assertThat(lengths)
        .allSatisfy(n -> assertThat(n).isLessThanOrEqualTo((shards + workers - 1) / workers));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1.333", "4, 1", "5, 1", "6, 1", "7, 1", "8, 1"})
  void sendsTheLeastThereIsForEightShardsButWithThreeWorkers(int workers, double ratio) {
    Shares shares = new Shares(8, workers, 16 * 840);
    double bound = Math.max(1, shares.lowerBoundBytes(Wire.FLOAT32));
    assertThat(workers == 1 ? 1 : shares.bytesPerStep(Wire.FLOAT32) / bound)
        .isCloseTo(ratio, within(0.001));
  }

  @Test
  void aRunIsMadeUpOfWholeSubtrees() {
    assertThat(new Shares(8, 3, 100).pieces(0))
        .containsExactly(new Shares.Piece(1, 0), new Shares.Piece(0, 2));
  }
}
