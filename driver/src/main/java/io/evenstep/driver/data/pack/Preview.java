package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.scan.ScanTotals;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackIndex;
import java.util.List;
import java.util.Optional;

/**
 * What a pack holds, or would hold once it is written.
 *
 * @param encoding of its records
 * @param trainRows rows to learn from
 * @param validationRows rows to stop early by
 * @param testRows rows to judge by
 * @param droppedRows rows left out for a missing value
 * @param blocks how many there are; where there is no pack yet, the fewest that can hold the rows
 * @param pack one that is there
 * @param notices what is to be said of the rows
 */
public record Preview(
    Encoding encoding,
    long trainRows,
    long validationRows,
    long testRows,
    long droppedRows,
    long blocks,
    Optional<Pack> pack,
    List<String> notices) {

  /** Copies the notices. */
  public Preview {
    notices = List.copyOf(notices);
  }

  /** Of a pack that is there. */
  public static Preview of(Pack pack) {
    PackIndex index = pack.index();
    int blocks =
        index.train().blocks().size()
            + index.validation().blocks().size()
            + index.test().blocks().size();
    return new Preview(
        index.encoding(),
        index.train().rows(),
        index.validation().rows(),
        index.test().rows(),
        index.droppedRows(),
        blocks,
        Optional.of(pack),
        index.notices());
  }

  static Preview of(ScanTotals totals, Encoding encoding, List<String> notices) {
    int blockRows = Math.max(1, BlockWriter.BLOCK_BYTES / encoding.recordBytes());
    long blocks = 0;
    for (Split split : Split.values()) {
      blocks += (totals.rows(split) + blockRows - 1) / blockRows;
    }
    return new Preview(
        encoding,
        totals.rows(Split.TRAIN),
        totals.rows(Split.VALIDATION),
        totals.rows(Split.TEST),
        totals.dropped(),
        blocks,
        Optional.empty(),
        notices);
  }

  /** Over the rows of a pack that is there; see {@link PackIndex#contentSha256}. */
  public Optional<String> dataSha256() {
    return pack.map(there -> there.index().contentSha256());
  }

  /** Training rows of each class of the first output, where there is a pack and classes. */
  public Optional<List<Long>> classRows() {
    return pack.map(there -> there.index().classRows()).filter(rows -> !rows.isEmpty());
  }

  /** Bytes of records in a pack. */
  public long bytes() {
    return (trainRows + validationRows + testRows) * encoding.recordBytes();
  }
}
