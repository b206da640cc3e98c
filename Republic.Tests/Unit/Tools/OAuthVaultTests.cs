using Republic.Core.Security;
using Republic.Core.Tools.Servers.OAuth;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Tools;

public sealed class OAuthVaultTests
{
    private readonly ManualTime time = new();

    private OAuthVault Vault => new(new SecretBox(MasterKeys.Of(Keys.New())), time);

    [Fact]
    public void A_state_is_of_use_for_ten_minutes()
    {
        var pending = Vault.NewPending();

        time.Pass(TimeSpan.FromMinutes(9));
        Assert.True(Vault.IsOf(pending, pending.State));
        Assert.False(Vault.IsOf(pending, pending.State[1..]));
        time.Pass(TimeSpan.FromMinutes(1));
        Assert.False(Vault.IsOf(pending, pending.State));
    }

    [Fact]
    public void A_token_is_renewed_before_it_runs_out_and_when_it_was_not_taken()
    {
        var tokens = new OAuthTokens("one", "two", time.GetUtcNow().AddMinutes(1));

        Assert.True(Vault.IsFresh(tokens, spent: null));
        Assert.False(Vault.IsFresh(tokens, spent: "one"));
        Assert.True(Vault.IsFresh(tokens with { ExpiresAt = null }, spent: null));
        time.Pass(TimeSpan.FromSeconds(31));
        Assert.False(Vault.IsFresh(tokens, spent: null));
    }
}
