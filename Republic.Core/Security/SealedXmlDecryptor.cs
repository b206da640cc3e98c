using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Security;

/// <summary>Named inside the stored keys and made by Data Protection itself, hence the service provider.</summary>
internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(
            services.GetRequiredService<SecretBox>().Open(Convert.FromBase64String(encryptedElement.Value), SealedXmlEncryptor.Purpose)
        );
}
