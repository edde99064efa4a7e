package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.BatchRows;
import io.evenstep.model.augment.pixel.InputLayout;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.TensorEncoding;
import java.util.ArrayList;
import java.util.List;

/** Copies a batch to the heap, changes it pass by pass, and copies it back. */
final class BatchAugmenter implements Augmenter {
  private final BatchRows rows;
  private final List<AugmentPass> passes = new ArrayList<>();

  BatchAugmenter(AugmentPlan plan, Encoding encoding) {
    List<Integer> labelWidths = encoding.outputs().stream().map(TensorEncoding::width).toList();
    int input = plan.place(encoding);
    this.rows =
        new BatchRows(
            input,
            new InputLayout(encoding.inputs().get(input)),
            plan.mixesRows() ? labelWidths : List.of());
    List<Warp> warps = new ArrayList<>();
    for (Augmentation augmentation : plan.augmentations()) {
      if (augmentation instanceof Warp warp) {
        warps.add(warp);
      } else if (augmentation instanceof Change change) {
        addWarps(warps);
        passes.add((batch, keys) -> change.apply(batch, keys.split()));
      }
    }
    addWarps(warps);
  }

  private void addWarps(List<Warp> warps) {
    if (!warps.isEmpty()) {
      passes.add(new WarpPass(warps));
      warps.clear();
    }
  }

  @Override
  public MiniBatch augment(MiniBatch batch, long key) {
    rows.load(batch);
    SplitMix64 keys = new SplitMix64(key);
    for (AugmentPass pass : passes) {
      pass.apply(rows, keys);
    }
    rows.store(batch);
    return batch;
  }
}
