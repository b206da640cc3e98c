using Republic.Core.Minions.Profiles;

namespace Republic.Tests.Unit.Minions;

public sealed class EnhancedPromptTests
{
    [Theory]
    // What training added stays below the new words.
    [InlineData("Be brief.\n\nYour character:\n- Warm", "Be brief.", "Be long.", "Be long.\n\nYour character:\n- Warm")]
    [InlineData("Your character:\n- Warm", null, "Be long.", "Be long.\n\nYour character:\n- Warm")]
    [InlineData("Be brief.\n\nYour character:\n- Warm", "Be brief.", null, "Your character:\n- Warm")]
    // Nothing was added.
    [InlineData("Be brief.", "Be brief.", "Be long.", "Be long.")]
    [InlineData("Be brief.", "Be brief.", null, null)]
    [InlineData(null, "Be brief.", "Be long.", null)]
    // Somebody's own text, which was not made of the instructions.
    [InlineData("I am a pirate.", "Be brief.", "Be long.", "I am a pirate.")]
    [InlineData("Be brief. And warm.", "Be brief.", "Be long.", "Be brief. And warm.")]
    [InlineData("Be brief.\n\nYour character:\n- Warm", "Be brief.", " Be brief. ", "Be brief.\n\nYour character:\n- Warm")]
    public void What_training_added_follows_the_persons_own_words(string? enhanced, string? was, string? now, string? expected) =>
        Assert.Equal(expected, EnhancedPrompt.Over(enhanced, was, now));
}
