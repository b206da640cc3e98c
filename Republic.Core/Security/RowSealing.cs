using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Republic.Core.Security;

/// <summary>
/// Leaves a cookie key's secret as it is, because <see cref="DatabaseXmlRepository"/> seals the whole key, for its row, which only it
/// knows. Without an encryptor Data Protection would warn that keys are kept in clear.
/// </summary>
internal sealed class RowSealing : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealedWithItsRow", plaintextElement), typeof(NullXmlDecryptor));
}
