namespace Republic.Core.Accounts;

/// <summary>Length counts, composition does not (NIST SP 800-63B); what is guessed first is refused.</summary>
public static class Passwords
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    // The time that the check takes grows faster than the length, and what makes a password easy to guess shows sooner.
    private const int MaxEvaluatedLength = 64;

    /// <summary>Why this cannot be a password, or null.</summary>
    public static string? Reject(string password, string email)
    {
        if (password.Length == 0)
        {
            return "Choose a password.";
        }

        if (password.Length < MinLength)
        {
            return $"This has {password.Length} characters, a password needs {MinLength} or more.";
        }

        if (password.Length > MaxLength)
        {
            return $"A password has at most {MaxLength} characters.";
        }

        return IsGuessedFirst(password, email) ? "This password is among those that are guessed first. Choose another." : null;
    }

    /// <summary>
    /// A program that knows lists of passwords, names, words and keyboard rows, and how people change them, finds it in a million guesses
    /// or fewer: https://www.usenix.org/conference/usenixsecurity16/technical-sessions/presentation/wheeler.
    /// </summary>
    private static bool IsGuessedFirst(string password, string email)
    {
        string[] own = [email, email.Split('@')[0], "republic"];
        var judged = password.Length <= MaxEvaluatedLength ? password : password[..MaxEvaluatedLength];
        return new Zxcvbn.Zxcvbn().EvaluatePassword(judged, own).Score == 0;
    }
}
