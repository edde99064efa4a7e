package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.PinnedSession;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of items in a pair of IDX files, read by one task.
 *
 * @param labels null if there are none
 */
record IdxSlice(IdxFile images, @Nullable IdxFile labels, int start, int count)
    implements Serializable {

  static List<IdxSlice> of(IdxFile images, Optional<IdxFile> labels) {
    int most =
        images.compressed()
            ? images.items()
            : (int) Math.max(1, PinnedSession.PARTITION_BYTES / images.itemBytes());
    List<IdxSlice> slices = new ArrayList<>();
    for (int start = 0; start < images.items(); start += most) {
      int count = Math.min(most, images.items() - start);
      slices.add(new IdxSlice(images, labels.orElse(null), start, count));
    }
    return slices;
  }
}
