package io.evenstep.driver.data.table;

import io.evenstep.driver.data.spec.TableFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource$;
import org.apache.spark.util.Utils;

/** Settings of a Spark session for tables. */
public final class TableSession {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String SESSION_CATALOG = "spark.sql.catalog.spark_catalog";

  /** The catalogue that Iceberg uses for the folder of a table. */
  private static final String PATH_CATALOG = "spark.sql.catalog.default_iceberg";

  private static final String ICEBERG_CATALOG = "org.apache.iceberg.spark.SparkCatalog";

  private TableSession() {}

  /**
   * Adds what Delta needs to the settings of a session that is about to start, if Delta's jar is on
   * the class path. A session catalogue that somebody chose stays.
   */
  public static void addTo(SparkConf conf) {
    Map<String, String> delta = TableFormat.DELTA.settings();
    String extension = Objects.requireNonNull(delta.get(EXTENSIONS));
    String catalog = Objects.requireNonNull(delta.get(SESSION_CATALOG));
    if (isClass(extension) && conf.get(SESSION_CATALOG, catalog).equals(catalog)) {
      String others = conf.get(EXTENSIONS, "");
      if (!others.contains(extension)) {
        conf.set(EXTENSIONS, others.isEmpty() ? extension : others + "," + extension);
      }
      conf.set(SESSION_CATALOG, catalog);
    }
  }

  /**
   * Lets a session find an Iceberg table by its folder. Iceberg itself would ask a Hive metastore.
   * It looks for the catalogue in the active session, and Spark in the one that reads.
   */
  public static void findByFolder(SparkSession session) {
    for (SparkSession each : List.of(session, SparkSession.active())) {
      if (!each.conf().contains(PATH_CATALOG)) {
        addCatalog(each, PATH_CATALOG, each.conf().get("spark.sql.warehouse.dir"));
      }
    }
  }

  /**
   * Sets an Iceberg catalogue of folders.
   *
   * @param warehouse the folder that the folders of its tables are in
   */
  static void addCatalog(SparkSession session, String key, String warehouse) {
    session.conf().set(key, ICEBERG_CATALOG);
    session.conf().set(key + ".type", "hadoop");
    session.conf().set(key + ".warehouse", warehouse);
    session.conf().set(key + ".cache-enabled", "false");
  }

  /** Whether the jar of a format is on the class path. */
  public static boolean has(SparkSession session, TableFormat format) {
    try {
      var unused =
          DataSource$.MODULE$.lookupDataSource(format.reader(), session.sessionState().conf());
      return true;
    } catch (Exception e) { // ClassNotFoundException is checked, but undeclared
      return false;
    }
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, Utils.getContextOrSparkClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
