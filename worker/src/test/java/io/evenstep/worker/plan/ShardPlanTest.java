package io.evenstep.worker.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardPlanTest {
  @ParameterizedTest
  @CsvSource({"203, 40, 8, 3", "203, 203, 8, 5", "7, 3, 4, 2", "64, 64, 1, 1", "100, 13, 16, 4"})
  void cutsEveryRowIntoOneShard(long rows, int batch, int shards, int ranks) {
    ShardPlan plan = ShardPlan.of(rows, batch, 1, OptionalInt.of(shards), ranks);
    long seen = 0;
    for (long index = 0; index < plan.batchesPerEpoch(); index++) {
      long before = 0;
      for (int shard = 0; shard < shards; shard++) {
        assertThat(plan.rowsBefore(shard, index)).isEqualTo(before);
        assertThat(plan.rowsOf(shard, index)).isBetween(0, plan.mostRowsOfAShard());
        before += plan.rowsOf(shard, index);
      }
      assertThat(before).isEqualTo(plan.rowsOfBatch(index));
      seen += before;
    }
    assertThat(seen).isEqualTo(rows);
    assertThat(
            IntStream.range(0, shards)
                .mapToLong(shard -> plan.rowsOfBatchesBefore(shard, plan.batchesPerEpoch()))
                .sum())
        .isEqualTo(rows);
    assertThat(plan.firstShard(ranks)).isEqualTo(shards);
    assertThat(plan.firstShard(1)).isLessThanOrEqualTo(plan.mostShardsOfARank());
  }

  @Test
  void countsASegmentAsAStep() {
    ShardPlan plan = ShardPlan.of(203, 40, 3, OptionalInt.of(8), 2);
    assertThat(plan.batchesPerEpoch()).isEqualTo(6);
    assertThat(plan.stepsPerEpoch()).isEqualTo(18);
    assertThat(plan.rowsOfBatch(5)).isEqualTo(3);
    assertThat(ShardPlan.present(plan.rowsOfBatch(5), plan.shards())).isEqualTo(3);
  }

  @Test
  void hasOneShardARankWhereBitsNeedNotRepeat() {
    ShardPlan plan = ShardPlan.of(1000, 128, 1, OptionalInt.empty(), 2);
    assertThat(plan.shards()).isEqualTo(2);
    assertThat(plan.mostRowsOfAShard()).isEqualTo(64);
    assertThat(plan.mostShardsOfARank()).isEqualTo(1);
  }
}
