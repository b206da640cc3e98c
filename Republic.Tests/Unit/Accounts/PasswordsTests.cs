using Republic.Core.Accounts;
using Republic.Core.Accounts.SigningUp;

namespace Republic.Tests.Unit.Accounts;

public sealed class PasswordsTests
{
    [Theory]
    [InlineData("three little words")]
    [InlineData("пароль-длинный")]
    [InlineData("xK9#mQ2v")]
    public void Length_is_all_that_a_good_password_needs(string password) => Assert.Null(Passwords.Reject(password, "mira@example.org"));

    [Theory]
    [InlineData("", "Choose a password.")]
    [InlineData("1234567", "This has 7 characters")]
    [InlineData("PASSWORD123", "guessed first")]
    [InlineData("Passw0rd!", "guessed first")]
    [InlineData("        ", "guessed first")]
    [InlineData("trustno1", "guessed first")]
    [InlineData("drowssap", "guessed first")]
    [InlineData("monkey12", "guessed first")]
    [InlineData("qwertyuiop1", "guessed first")]
    [InlineData("welcome2023", "guessed first")]
    [InlineData("mira1990", "guessed first")]
    [InlineData("republic1", "guessed first")]
    [InlineData("Mira@example.org", "guessed first")]
    public void A_weak_password_is_refused_with_the_reason(string password, string reason) =>
        Assert.Contains(reason, Passwords.Reject(password, "mira@example.org"), StringComparison.Ordinal);

    [Fact]
    public void A_password_that_would_take_long_to_hash_is_refused() =>
        Assert.Contains("at most 128", Passwords.Reject(new string('x', 129), "mira@example.org"), StringComparison.Ordinal);

    [Theory]
    [InlineData("mira@example.org", true)]
    [InlineData("mira\u200B@example.org", false)]
    [InlineData("mi\u00ADra@example.org", false)]
    [InlineData("mira+tag@sub.example.org", true)]
    [InlineData("mira@localhost", true)]
    [InlineData("Mira <mira@example.org>", false)]
    [InlineData("mira", false)]
    [InlineData("@example.org", false)]
    [InlineData("mira@", false)]
    [InlineData("mira @example.org", false)]
    [InlineData("mira@example.org\n", false)]
    public void An_address_is_one_address_and_nothing_else(string email, bool good) => Assert.Equal(good, SignUp.IsEmail(email));
}
