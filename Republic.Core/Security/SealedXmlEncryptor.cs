using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Republic.Core.Security;

/// <summary>Seals the secret part of a cookie key, so that a copied database signs nobody in.</summary>
internal sealed class SealedXmlEncryptor(SecretBox box) : IXmlEncryptor
{
    // The ring hands over a key's secret before it has a row, so all of them share one purpose.
    internal static readonly SecretPurpose Purpose = new("data_protection_keys", "xml", Guid.Empty);

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var @sealed = box.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), Purpose);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(@sealed)), typeof(SealedXmlDecryptor));
    }
}
