using Republic.Core.Tools.Servers;
using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Tests.Unit.Tools;

/// <summary>What a tool server was given, in what it says.</summary>
public sealed class ToolServerSecretsTests
{
    private static readonly ToolServerSecrets Secrets = ToolServerSecrets.Of(
        new Dictionary<string, string>
        {
            ["X-Key"] = "Token q7Hq2ZpW9xRt4LmN",
            ["X-Basic"] = "Basic pw-77f1x",
            ["X-Version"] = "v2",
        },
        new OAuthTokens("access-5d1e9c3b7a", "refresh-8b2f6a4c0e", ExpiresAt: null)
    );

    [Theory]
    [InlineData("Your key is q7Hq2ZpW9xRt4LmN.", "Your key is ….")]
    [InlineData("You sent “Token q7Hq2ZpW9xRt4LmN”.", "You sent “Token …”.")]
    [InlineData("It begins with q7Hq2ZpW9x.", "It begins with ….")]
    [InlineData("Turned round it is NmL4tRx9WpZ2qH7q.", "Turned round it is ….")]
    [InlineData("The password is pw-77f1x.", "The password is ….")]
    [InlineData("Signed in with access-5d1e9c3b7a and refresh-8b2f6a4c0e.", "Signed in with … and ….")]
    [InlineData("This is v2, and no Token of yours.", "This is v2, and no Token of yours.")]
    public void Keys_are_hidden_and_other_words_are_not(string said, string shown) => Assert.Equal(shown, Secrets.Hide(said));

    [Fact]
    public void Of_a_server_that_was_given_nothing_nothing_is_hidden() =>
        Assert.Equal("q7Hq2ZpW9xRt4LmN", ToolServerSecrets.Of([], tokens: null).Hide("q7Hq2ZpW9xRt4LmN"));
}
