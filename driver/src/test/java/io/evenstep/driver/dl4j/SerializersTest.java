package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.NativeRuntime;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import scala.reflect.ClassTag$;

/** How examples travel between Spark's processes. */
class SerializersTest {
  static {
    NativeRuntime.prepare();
  }

  private static void carries(SerializerInstance serializer) {
    DataSet row = Examples.rows(1).get(0);
    DataSet carried =
        serializer.deserialize(
            serializer.serialize(row, ClassTag$.MODULE$.apply(DataSet.class)),
            ClassTag$.MODULE$.apply(DataSet.class));
    assertThat(carried.getFeatures()).isEqualTo(row.getFeatures());
    assertThat(carried.getLabels()).isEqualTo(row.getLabels());
  }

  @Test
  void carriesExamplesByJavaSerialization() {
    carries(new JavaSerializer(new SparkConf(false)).newInstance());
  }
}
