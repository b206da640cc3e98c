using Republic.Core.Security;

namespace Republic.Core.Providers.Credentials;

/// <summary>
/// A provider key sealed together with the server that it was entered for. However the address beside it comes to change (another's hand in
/// the database, a mistake of ours), it does not open for another server.
/// </summary>
internal static class OriginBoundKey
{
    /// <summary>Why one does not open, as the end of a sentence.</summary>
    public const string Unreadable = "cannot be opened: it was sealed under another master key, or entered for another server";

    private const char Separator = '\n';

    /// <param name="baseUrl">Null: the provider's own.</param>
    public static byte[] Seal(SecretBox box, string key, ProviderRow? provider, string? baseUrl, SecretPurpose purpose) =>
        box.Seal($"{Server(provider, baseUrl)}{Separator}{key}", purpose);

    /// <exception cref="SecretUnreadableException">It cannot be opened, or was entered for another server.</exception>
    public static string Open(SecretBox box, byte[] @sealed, ProviderRow? provider, string? baseUrl, SecretPurpose purpose)
    {
        var text = box.Open(@sealed, purpose);
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        // Sealed by a version that did not bind keys yet.
        if (end < 0)
        {
            return text;
        }

        return text[..end] == Server(provider, baseUrl)
            ? text[(end + 1)..]
            : throw new SecretUnreadableException($"This key was entered for {text[..end]}, and is sent nowhere else. Enter it again.");
    }

    private static string Server(ProviderRow? provider, string? baseUrl) =>
        Uri.TryCreate(BaseUrls.Destination(provider, baseUrl), UriKind.Absolute, out var address)
            ? address.GetLeftPart(UriPartial.Authority)
            : "";
}
