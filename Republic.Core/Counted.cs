using System.Globalization;

namespace Republic.Core;

/// <summary>How many there are, as people read it, the same whatever the machine's language.</summary>
public static class Counted
{
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One word for one, another for more: "1 row", "1,204 rows".</summary>
    public static string Of(long number, string one, string? more = null) => $"{Of(number)} {(number == 1 ? one : more ?? one + "s")}";

    /// <summary>The verb of so many: "is" of one, "are" of more.</summary>
    public static string Are(long number) => number == 1 ? "is" : "are";
}
