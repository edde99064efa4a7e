package io.evenstep.driver.cli;

import java.util.Optional;
import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String own =
        Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
            .orElse("(built from source)");
    String spark = package$.MODULE$.SPARK_VERSION();
    return new String[] {
      "Evenstep " + own, "Spark " + spark + ", Java " + Runtime.version().feature()
    };
  }
}
