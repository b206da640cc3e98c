using Republic.Core.Host;

namespace Republic.Core.Doctor;

/// <param name="Version">Of Republic.</param>
/// <param name="Findings">In the order of the examinations.</param>
public sealed record DoctorReport(DateTimeOffset CheckedAt, string Version, IReadOnlyList<Finding> Findings)
{
    public static DoctorReport Of(DateTimeOffset at, IEnumerable<Finding> findings) =>
        new(at, AppVersion.Current, [.. findings.Distinct()]);
}
