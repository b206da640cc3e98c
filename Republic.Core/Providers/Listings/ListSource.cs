using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Providers.Listings;

/// <summary>Where a person reads a list of models: the same provider may list others to another key, or at another address.</summary>
/// <param name="BaseUrl">Null: the provider's own.</param>
/// <param name="KeyId">A stored key, or the minion whose own key it is; null without a key.</param>
public sealed record ListSource(Guid Owner, string Provider, string? BaseUrl, Guid? KeyId)
{
    /// <summary>The same for the same place, so that whoever reads it first makes the row.</summary>
    public Guid Id => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{Owner:N} {Provider} {KeyId:N} {BaseUrl}")).AsSpan(0, 16));

    public static ListSource Of(Guid owner, ModelTarget target)
    {
        return new(owner, target.Provider.Name, target.BaseUrl?.AbsoluteUri, target.ApiKey is null ? null : target.KeyId);
    }
}
