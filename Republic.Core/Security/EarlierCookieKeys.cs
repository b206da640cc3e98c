using System.Xml.Linq;

namespace Republic.Core.Security;

/// <summary>Cookie keys as earlier versions kept them: readable XML around one sealed element, under a purpose that all rows shared.</summary>
internal static class EarlierCookieKeys
{
    private static readonly SecretPurpose Purpose = new("data_protection_keys", "xml", Guid.Empty);

    /// <summary>The same key with its secret in the place of what was sealed.</summary>
    public static XElement Open(XElement key, SecretBox box)
    {
        var opened = new XElement(key);
        foreach (var secret in opened.Descendants().Where(element => element.Name.LocalName == "encryptedSecret").ToList())
        {
            secret.ReplaceWith(XElement.Parse(box.Open(Convert.FromBase64String(secret.Value), Purpose)));
        }

        return opened;
    }
}
