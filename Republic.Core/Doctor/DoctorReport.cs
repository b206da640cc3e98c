using System.Reflection;

namespace Republic.Core.Doctor;

/// <param name="Version">Of Republic.</param>
/// <param name="Findings">In the order of the examinations.</param>
public sealed record DoctorReport(DateTimeOffset CheckedAt, string Version, IReadOnlyList<Finding> Findings)
{
    internal static string OwnVersion { get; } =
        typeof(DoctorReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static DoctorReport Of(DateTimeOffset at, IEnumerable<Finding> findings) => new(at, OwnVersion, [.. findings.Distinct()]);
}
