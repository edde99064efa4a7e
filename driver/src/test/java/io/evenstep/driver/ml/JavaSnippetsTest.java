package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java on pages compiles. {@code LanguagesTest} runs the Scala and Python of the same pages. */
class JavaSnippetsTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What a reader's program has around a block. */
  private static final String AROUND =
      """
      import io.evenstep.driver.dl4j.*;
      import io.evenstep.driver.ml.*;
      import io.evenstep.model.NativeRuntime;
      import java.util.List;
      import org.apache.spark.api.java.*;
      import org.apache.spark.ml.*;
      import org.apache.spark.ml.evaluation.*;
      import org.apache.spark.ml.feature.*;
      import org.apache.spark.sql.*;
      import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
      import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.*;
      import org.deeplearning4j.spark.api.TrainingMaster;
      import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
      import org.nd4j.linalg.dataset.DataSet;
      class Snippets {
        SparkSession spark;
        JavaSparkContext sc;
        Dataset<Row> rows, others, training, table;
        Dataset<Row>[] parts;
        String[] pixels;
        EvenstepClassifier classifier;
        PipelineModel model;
        MultiLayerConfiguration conf;
        JavaRDD<DataSet> rdd;
        Object voidConfiguration;
      %s}
      """;

  @TempDir private Path folder;

  @Test
  void compiles() throws IOException {
    StringBuilder methods = new StringBuilder();
    int count = 0;
    for (String page : List.of("README.md", "src/site/spark-ml.md", "src/site/dl4j.md")) {
      List<String> blocks =
          JAVA.matcher(Files.readString(Built.root().resolve(page)))
              .results()
              .map((MatchResult block) -> block.group(1))
              .toList();
      assertThat(blocks).as(page).isNotEmpty();
      for (String block : blocks) {
        methods.append("  void block").append(count++).append("() {\n").append(block);
        methods.append("  }\n");
      }
    }

    assertThat(errors(AROUND.formatted(methods))).isEmpty();
  }

  private List<? extends Diagnostic<?>> errors(String program) throws IOException {
    Path source = Files.writeString(folder.resolve("Snippets.java"), program);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> options = List.of("-proc:none", "-cp", classPath, "-d", folder.toString());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      boolean done =
          compiler
              .getTask(null, files, found, options, null, files.getJavaFileObjects(source))
              .call();
      List<? extends Diagnostic<?>> errors =
          found.getDiagnostics().stream()
              .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
              .toList();
      assertThat(done).isEqualTo(errors.isEmpty());
      return errors;
    }
  }
}
