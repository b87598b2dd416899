using System.Globalization;

namespace RestateCloud.Cedar.Tests.Schemas;

/// <summary>How many schemas the differential tests generate, and where they start.</summary>
internal static class DifferentialSettings
{
    /// <summary>The first seed; the others follow it.</summary>
    public static int Seed => Setting("CEDAR_DIFFERENTIAL_SEED", 1);

    public static int Schemas(int otherwise) => Setting("CEDAR_DIFFERENTIAL_SCHEMAS", otherwise);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
