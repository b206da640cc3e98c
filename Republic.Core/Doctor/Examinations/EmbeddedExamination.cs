using System.Globalization;
using System.Text.RegularExpressions;
using Republic.Core.Data;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the files of the embedded database can be used by this version and this account.</summary>
internal sealed partial class EmbeddedExamination(Installation installation, DataFolder data) : IExamination
{
    private const string Database = "database";

    private readonly string folder = data.Path("pg");

    public string Check => Database;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        if (!installation.IsEmbedded || !Directory.Exists(folder))
        {
            return [];
        }

        // Root's app gives the files to their owner when it starts.
        var (owner, own) = (await FolderOwner.OfAsync(folder, ct), await FolderOwner.OwnIdAsync(ct));
        if (!Environment.IsPrivilegedProcess && OfOwner(folder, owner, own) is { } foreign)
        {
            // Nothing else of it can be read.
            return [foreign];
        }

        List<Finding> found = [];
        if (!File.Exists(PostgresCreation.PasswordFile(data)))
        {
            found.Add(
                Finding.Trouble(
                    Check,
                    $"{PostgresCreation.PasswordFile(data)} is missing, without which the database cannot be opened.",
                    "Put that file back from the backup of the data folder."
                )
            );
        }

        if (File.Exists(Path.Combine(folder, "PG_VERSION")))
        {
            var files = (await File.ReadAllTextAsync(Path.Combine(folder, "PG_VERSION"), ct)).Trim();
            found.AddRange(OfVersion(files, await ProgramOutput.OfAsync(PostgresBinaries.Find().Postgres, ["--version"], ct)));
        }

        return found;
    }

    /// <param name="files">The major version whose files lie in the folder.</param>
    /// <param name="program">What the program says of itself; null where there is none.</param>
    internal static IEnumerable<Finding> OfVersion(string files, string? program)
    {
        var major = Major().Match(program ?? "").Groups["major"].Value;
        if (major.Length > 0 && major != files)
        {
            yield return Finding.Trouble(
                Database,
                $"The files of the database are of PostgreSQL {files}, and this Republic comes with {major}.",
                int.Parse(files, CultureInfo.InvariantCulture) < int.Parse(major, CultureInfo.InvariantCulture)
                    ? "Make a backup with the Republic that was here before, and restore it with this one into an empty data folder."
                    : "Start the newer Republic again that was here before."
            );
        }
    }

    internal static Finding? OfOwner(string folder, FolderOwner? owner, string? own) =>
        owner is null || own is null || owner.Id == own
            ? null
            : Finding.Trouble(
                Database,
                $"{folder} belongs to the account {owner.Name}, and PostgreSQL runs for the owner of its files alone.",
                $"Run Republic as {owner.Name}, or give the whole data folder to the account that runs it, with chown -R."
            );

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Major();
}
