package io.evenstep.driver.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.SourceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.FileScanRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** Rows have the same numbers as when Spark itself split the files. */
class TextCutTest {
  @TempDir Path folder;

  @Test
  void cutsAsSparkItselfCuts() throws IOException {
    SparkSession session = PinnedSession.of(SparkTest.session());
    session.conf().set("spark.sql.files.maxPartitionBytes", 1000);
    session.conf().set("spark.sql.files.openCostInBytes", 125);
    Random random = new Random(3);
    for (int i = 0; i < 30; i++) {
      String name = i + (i % 7 == 0 ? ".csv.gz" : i % 5 == 0 ? ".csv.bz2" : ".csv");
      SampleFiles.write(folder.resolve(name), new byte[1 + random.nextInt(3000)]);
    }
    List<FileStatus> files =
        SourceFiles.list(session.sparkContext().hadoopConfiguration(), List.of(folder.toString()));

    assertThat(TextCut.of(session, files, false)).isEqualTo(sparks(session, files, false));
    assertThat(TextCut.of(session, files, true)).isEqualTo(sparks(session, files, true));
    assertThat(TextCut.of(session, files.subList(0, 1), false))
        .isEqualTo(sparks(session, files.subList(0, 1), false));
  }

  private static List<List<TextSlice>> sparks(
      SparkSession session, List<FileStatus> files, boolean whole) {
    FileSourceScanExec scan =
        (FileSourceScanExec)
            session
                .read()
                .option("wholetext", whole)
                .text(files.stream().map(f -> f.getPath().toString()).toArray(String[]::new))
                .queryExecution()
                .executedPlan()
                .collectLeaves()
                .head();
    List<List<TextSlice>> slices = new ArrayList<>();
    for (FilePartition partition :
        JavaConverters.seqAsJavaList(((FileScanRDD) scan.inputRDD()).filePartitions())) {
      slices.add(
          Arrays.stream(partition.files())
              .map(f -> new TextSlice(f.toPath().toUri().toString(), f.start(), f.length()))
              .toList());
    }
    return slices;
  }
}
