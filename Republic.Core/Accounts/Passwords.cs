namespace Republic.Core.Accounts;

/// <summary>Length counts, composition does not (NIST SP 800-63B); what is guessed first is refused.</summary>
public static class Passwords
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    private static readonly HashSet<string> GuessedFirst = new(StringComparer.OrdinalIgnoreCase)
    {
        "password",
        "password1",
        "password12",
        "password123",
        "passw0rd",
        "p@ssword",
        "p@ssw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "87654321",
        "987654321",
        "11111111",
        "00000000",
        "12341234",
        "11223344",
        "88888888",
        "qwertyui",
        "qwertyuiop",
        "qwerty12",
        "qwerty123",
        "1q2w3e4r",
        "1q2w3e4r5t",
        "1qaz2wsx",
        "q1w2e3r4",
        "asdfghjk",
        "asdfghjkl",
        "zxcvbnm1",
        "abcdefgh",
        "abcd1234",
        "abc12345",
        "a1b2c3d4",
        "iloveyou",
        "iloveyou1",
        "princess",
        "sunshine",
        "football",
        "baseball",
        "superman",
        "trustno1",
        "letmein1",
        "welcome1",
        "welcome123",
        "changeme",
        "administrator",
        "admin123",
        "starwars",
        "computer",
        "michelle",
        "jennifer",
    };

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

        return GuessedFirst.Contains(password) || password.Equals(email, StringComparison.OrdinalIgnoreCase)
            ? "This password is among those that are guessed first. Choose another."
            : null;
    }
}
