namespace Republic.Core.Chats.Prose;

/// <summary>An address that a link may lead to. What is rendered is this address written anew, not the text it was read from.</summary>
internal sealed record SafeAddress(string Href, string Host)
{
    private const int MaxLength = 2_000;

    public static SafeAddress? Of(string? address)
    {
        if (
            address is null
            || address.Length > MaxLength
            || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
        )
        {
            return null;
        }

        if (uri.Scheme == Uri.UriSchemeMailto)
        {
            // Only the address: subject and body would be words that somebody else puts into the person's mouth.
            var to = $"{uri.UserInfo}@{uri.Host}";
            return uri.UserInfo.Length > 0 && uri.Host.Length > 0 ? new SafeAddress($"mailto:{to}", to) : null;
        }

        // A user name in front of the host is there to make it look like another one.
        return (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.UserInfo.Length == 0 && uri.IdnHost.Length > 0
            ? new SafeAddress(uri.AbsoluteUri, uri.IdnHost)
            : null;
    }
}
