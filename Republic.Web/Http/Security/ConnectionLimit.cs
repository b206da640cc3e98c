using System.Globalization;

namespace Republic.Web.Http.Security;

/// <summary>
/// How many connections are taken at once. Kestrel ends the process when it runs out of file descriptors,
/// so some are kept for the database, the model host and files; who comes beyond that is refused.
/// </summary>
internal static class ConnectionLimit
{
    private const string Limits = "/proc/self/limits";

    /// <summary>Null where the system does not say: there it counts handles otherwise.</summary>
    public static long? OfThisProcess() => File.Exists(Limits) ? Below(File.ReadAllLines(Limits)) : null;

    internal static long? Below(IEnumerable<string> limits)
    {
        var line = limits.FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return long.TryParse(soft, CultureInfo.InvariantCulture, out var descriptors) ? Math.Max(16, descriptors * 3 / 4) : null;
    }
}
