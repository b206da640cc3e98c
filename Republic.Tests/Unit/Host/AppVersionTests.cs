using Republic.Core.Host;

namespace Republic.Tests.Unit.Host;

public sealed class AppVersionTests
{
    [Theory]
    [InlineData("1.0.0+3291927721410ff434112de8a01b23f8d4c53acc", "1.0.0+32919277")]
    [InlineData("1.0.0+abc", "1.0.0+abc")]
    [InlineData("2.1.0", "2.1.0")]
    public void Of_a_commit_eight_letters_are_shown(string version, string expected) => Assert.Equal(expected, AppVersion.Short(version));
}
