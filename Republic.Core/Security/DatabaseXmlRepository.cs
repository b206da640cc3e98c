using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Security;

/// <summary>The cookie key ring in the database, each key sealed whole and for its row: every node on it reads the others' cookies.</summary>
internal sealed class DatabaseXmlRepository(IDbContextFactory<RepublicDb> databases, SecretBox box, ILogger<DatabaseXmlRepository> log)
    : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.CreateDbContext();
        var rows = db.DataProtectionKeys.ToList();
        var elements = rows.Select(Open).OfType<XElement>().ToList();
        // Rows of an earlier version have been sealed for themselves on the way.
        db.SaveChanges();
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.CreateDbContext();
        var row = new DataProtectionKey { FriendlyName = friendlyName };
        row.SealedXml = Seal(row, element);
        db.DataProtectionKeys.Add(row);
        db.SaveChanges();
    }

    // A key that does not open costs those who signed in under it another sign-in; without it everybody else goes on.
    private XElement? Open(DataProtectionKey row)
    {
        try
        {
            if (row.SealedXml is { } @sealed)
            {
                return XElement.Parse(box.Open(@sealed, DataProtectionKey.SealedKeys.For(row.Id)));
            }

            var element = EarlierCookieKeys.Open(XElement.Parse(row.Xml!), box);
            (row.SealedXml, row.Xml) = (Seal(row, element), null);
            return element;
        }
        catch (SecretUnreadableException e)
        {
            log.LogError(
                "The cookie key {Name} is not used, and who signed in with it signs in again: {Reason}",
                row.FriendlyName,
                e.Message
            );
            return null;
        }
    }

    private byte[] Seal(DataProtectionKey row, XElement element) =>
        box.Seal(element.ToString(SaveOptions.DisableFormatting), DataProtectionKey.SealedKeys.For(row.Id));
}
