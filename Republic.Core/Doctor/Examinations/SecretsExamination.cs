using Microsoft.Extensions.Configuration;
using Npgsql;
using Republic.Core.Data;
using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether there is a key for each stored secret.</summary>
internal sealed class SecretsExamination(
    Installation installation,
    IEnumerable<SealedColumn> columns,
    IConfiguration configuration,
    DataFolder data
) : IExamination
{
    private const string Key = "key";

    public string Check => Key;

    public bool NeedsTables => true;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(installation.ConnectionString!);
        List<SealedCount> counts = [];
        foreach (var column in columns)
        {
            counts.AddRange(await new SealedRows(source, column).CountAsync(ct));
        }

        var (sealing, known) = KnownKeys.Versions(configuration, data);
        return [Of(counts, sealing, known)];
    }

    internal static Finding Of(IReadOnlyList<SealedCount> counts, uint? sealing, IReadOnlySet<uint> known)
    {
        var lost = counts.Where(count => !known.Contains(count.Version)).ToList();
        var earlier = counts.Where(count => known.Contains(count.Version) && count.Version != sealing).Sum(count => count.Count);
        return lost.Count > 0
                ? Finding.Trouble(
                    Key,
                    $"{Secrets(lost.Sum(count => count.Count))} cannot be opened: the key {Versions(lost)} is not here.",
                    $"Put that key into {MasterKey.PreviousSetting}, or enter those secrets again; republic keys status says where they are."
                )
            : earlier > 0
                ? Finding.Warning(
                    Key,
                    $"{Secrets(earlier)} {Counted.Are(earlier)} under an earlier key.",
                    "Seal them anew: republic keys rotate."
                )
            : counts.Count == 0 ? Finding.Good(Key, "No secret is stored yet.")
            : Finding.Good(Key, $"All {Secrets(counts.Sum(count => count.Count))} can be opened.");
    }

    private static string Versions(IEnumerable<SealedCount> counts) =>
        string.Join(" and ", counts.Select(count => $"{count.Version:x8}").Distinct());

    private static string Secrets(long count) => Counted.Of(count, "secret");
}
