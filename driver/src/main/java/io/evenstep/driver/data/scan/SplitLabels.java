package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.metric.Evaluation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Evaluates labels as if they were the predictions. A metric defined for these is defined for any
 * predictions of the same rows. One evaluation per output.
 */
public final class SplitLabels {
  private final List<Evaluation> outputs;

  private SplitLabels(List<Evaluation> outputs) {
    this.outputs = outputs;
  }

  /** Starts without rows. */
  public static SplitLabels of(Encoding encoding) {
    return new SplitLabels(
        new ArrayList<>(encoding.outputs().stream().map(SplitLabels::evaluation).toList()));
  }

  private static Evaluation evaluation(TensorEncoding output) {
    return output.isClass()
        ? Evaluation.classification(output.classes().size())
        : Evaluation.regression(output.widthOfStep());
  }

  /** Adds the labels of some rows. */
  public void add(MiniBatch rows) {
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).add(rows.labels().get(i), rows.labels().get(i));
    }
  }

  /**
   * Whether a metric is defined for these rows.
   *
   * @param metric such as {@code auc}; with several outputs, prefixed by the output's name
   */
  public boolean define(Encoding encoding, String metric) {
    for (int i = 0; i < outputs.size(); i++) {
      boolean only = outputs.size() == 1;
      String prefix = only ? "" : encoding.outputs().get(i).name();
      String full = only ? "." + metric : metric;
      if (outputs.get(i).metrics(prefix).containsKey(full)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the labels of a split's rows in a source. */
  public void read(SourceTable table, Splitter splitter, Encoding encoding, Split split) {
    String json = encoding.toJson();
    int wanted = split.ordinal();
    LongAccumulator count = RowsWatch.counter(table.parts(), "Packing");
    table.eachPart(
        (partition, some) ->
            read(json, new PartitionEncoder(partition, json, splitter, some, count), wanted),
        this::merge);
  }

  private static ArrayList<byte[]> read(String json, Iterator<Row> records, int split) {
    Encoding encoding = Encoding.fromJson(json);
    RecordDecoder decoder = encoding.decoder();
    SplitLabels labels = of(encoding);
    while (records.hasNext()) {
      Row row = records.next();
      if (row.getInt(0) == split) {
        ByteBuffer record = ByteBuffer.wrap(row.<byte[]>getAs(3)).order(ByteOrder.LITTLE_ENDIAN);
        try (MiniBatch one = decoder.decode(record, 1)) {
          labels.add(one);
        }
      }
    }
    return new ArrayList<>(labels.outputs.stream().map(Evaluation::toBytes).toList());
  }

  private void merge(List<byte[]> part) {
    for (int i = 0; i < outputs.size(); i++) {
      outputs.get(i).merge(Evaluation.fromBytes(part.get(i)));
    }
  }
}
