using Republic.Core;

namespace Republic.Web.Cli.Backups;

/// <summary>What stands behind <c>republic backup</c> and <c>republic restore</c>.</summary>
/// <param name="Settings">Those of the server.</param>
internal sealed record BackupArguments(string File, string? PassphraseFile, bool IsDryRun, string[] Settings)
{
    private const string PassphraseOption = "--passphrase-file";
    private const string DryRun = "--dry-run";

    public static Outcome<BackupArguments> Parse(string command, IReadOnlyList<string> args)
    {
        var (file, passphraseFile, isDryRun) = ((string?)null, (string?)null, false);
        List<string> settings = [];
        for (var i = 0; i < args.Count; i++)
        {
            var next = i + 1 < args.Count && !args[i + 1].StartsWith('-') ? args[i + 1] : null;
            switch (args[i])
            {
                case DryRun:
                    isDryRun = true;
                    break;
                // Empty is what a variable is that nobody has set.
                case PassphraseOption when string.IsNullOrEmpty(next):
                case PassphraseOption + "=":
                    return Wrong($"{PassphraseOption} needs a value.");
                case PassphraseOption:
                    (passphraseFile, i) = (next, i + 1);
                    break;
                case var word when word.StartsWith(PassphraseOption + "=", StringComparison.Ordinal):
                    passphraseFile = word[(PassphraseOption.Length + 1)..];
                    break;
                case var word when word.StartsWith('-'):
                    settings.Add(word);
                    if (!word.Contains('=') && next is not null)
                    {
                        settings.Add(next);
                        i++;
                    }

                    break;
                case var word when file is null:
                    file = word;
                    break;
                case var word:
                    return Wrong($"\"{word}\" is too much; {command} takes one file.");
            }
        }

        return string.IsNullOrWhiteSpace(file) ? Wrong("FILE is missing.")
            : ServerSettings.Problem(settings) is { } problem ? Wrong(problem)
            : new BackupArguments(file, passphraseFile, isDryRun, [.. settings]);

        Outcome<BackupArguments> Wrong(string message) => Failure.Invalid("arguments", $"{message} See {command} --help.");
    }

    /// <summary>The passphrase of the file that was named, without the end of its line. Every user of a machine can read its command lines.</summary>
    /// <returns>Null where the backup is not encrypted.</returns>
    public Failure? ReadPassphrase(out string? passphrase)
    {
        passphrase = null;
        if (PassphraseFile is null)
        {
            return null;
        }

        var read = Republic.Core.Backups.Sealing.PassphraseFile.Read(PassphraseFile);
        passphrase = read.Value;
        return read.Failure;
    }
}
