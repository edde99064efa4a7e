package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.BatchRows;
import java.util.List;

/** Consecutive warps. Each image is resampled once for all of them, or not at all. */
final class WarpPass implements AugmentPass {
  private final List<Warp> warps;
  private final Affine map = new Affine();

  WarpPass(List<Warp> warps) {
    this.warps = List.copyOf(warps);
  }

  @Override
  public void apply(BatchRows rows, SplitMix64 keys) {
    List<SplitMix64> streams = warps.stream().map(warp -> keys.split()).toList();
    for (int row = 0; row < rows.count(); row++) {
      map.reset();
      for (int i = 0; i < warps.size(); i++) {
        if (streams.get(i).uniform() < warps.get(i).probability()) {
          warps.get(i).draw(streams.get(i), map);
        }
      }
      if (map.isChanged()) {
        rows.image(row, image -> image.warp(map));
      }
    }
  }
}
