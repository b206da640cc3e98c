using Microsoft.Extensions.Configuration;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether the master key is here, can be used, is read by nobody else, and is kept apart from what it seals.</summary>
internal sealed class KeyExamination(IConfiguration configuration, DataFolder data) : IExamination
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Check => "key";

    public Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Finding>>([OfSealing(database), .. OfPrevious(), .. OfFile()]);

    private Finding OfSealing(DatabaseState database)
    {
        try
        {
            return KnownKeys.Sealing(configuration, data) is { } key ? Finding.Good(Check, $"The key {key.Name} seals, from {key.Source}.")
                : database.IsNew ? Finding.Warning(Check, "There is no key yet.", "Start Republic once, which makes one.")
                : Finding.Trouble(
                    Check,
                    $"There is no key: {MasterKey.Setting} is not set, and {KnownKeys.PathIn(data)} is missing.",
                    $"Put the key file back from its copy, or set {MasterKey.Setting}, before Republic is started: a start makes a new key, which opens nothing of what is sealed."
                );
        }
        catch (Exception error) when (error is StartupRefusedException or IOException or UnauthorizedAccessException)
        {
            return Finding.Trouble(
                Check,
                error.FirstLine(),
                "Put the key there that was in use before, readable for the account that runs Republic; a new one opens nothing of what is sealed."
            );
        }
    }

    private IEnumerable<Finding> OfPrevious()
    {
        string problem;
        try
        {
            _ = MasterKey.Previous(configuration);
            return [];
        }
        catch (StartupRefusedException error)
        {
            problem = error.FirstLine();
        }

        return
        [
            Finding.Trouble(Check, problem, $"Put the earlier key into {MasterKey.PreviousSetting} as it was, or take the setting out."),
        ];
    }

    private IEnumerable<Finding> OfFile()
    {
        var path = KnownKeys.PathIn(data);
        if (configuration[MasterKey.Setting] is not null || !File.Exists(path))
        {
            yield break;
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
        {
            yield return Finding.Warning(
                Check,
                $"Other accounts of this machine may have access to {path}.",
                "Close the file to them with chmod 600; where they may have read it, change the key with republic keys rotate."
            );
        }

        yield return Finding.Warning(
            Check,
            "The key lies in the data folder, and is lost together with it.",
            $"Keep a copy of {path} elsewhere, apart from the backups; a copy that is there already is enough."
        );
    }
}
