namespace Republic.Core.Backups.Sealing;

/// <summary>A file whose one line is a passphrase. Every user of a machine can read its command lines, so none is given there.</summary>
public static class PassphraseFile
{
    /// <summary>Nobody remembers a longer one, and a file that is longer is another one than was meant.</summary>
    private const int LongestPassphrase = 1000;

    public static Outcome<string> Read(string file)
    {
        string passphrase;
        try
        {
            if (new FileInfo(file).Length > LongestPassphrase)
            {
                return Failure.Conflict($"{file} is too long for a passphrase.");
            }

            passphrase = File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failure.Conflict($"The passphrase cannot be read from {file}: {e.Message}");
        }

        return string.IsNullOrWhiteSpace(passphrase) ? Failure.Conflict($"{file} holds no passphrase.")
            : passphrase.Contains('\n') ? Failure.Conflict($"{file} has several lines; a passphrase is one.")
            : passphrase;
    }
}
