/* gammu's codec as a program that reads lines and writes lines, for the differential test.
 *
 *   D <pdu>                            -> <type> <number> <reference> <parts> <part> <text>
 *   E <D|S> <7|U> <Y m d H M S> <hours> <number> <text>  -> <pdu>
 *
 * Numbers and texts are UTF-16 in hexadecimal. */

#include <gammu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 8192 };

static size_t from_hex(const char *hex, unsigned char *out, size_t room)
{
	size_t count = 0;
	unsigned octet;

	while (count < room && sscanf(hex + 2 * count, "%2x", &octet) == 1) {
		out[count++] = (unsigned char)octet;
	}
	return count;
}

static void put_hex(const unsigned char *octets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		printf("%02X", octets[i]);
	}
}

static void decode(const char *hex)
{
	static GSM_SMSMessage sms;
	unsigned char octets[512];
	size_t length = from_hex(hex, octets, sizeof octets);
	GSM_Error error;

	memset(&sms, 0, sizeof sms);
	error = GSM_DecodePDUFrame(GSM_GetGlobalDebug(), &sms, octets, length, NULL, TRUE);
	if (error != ERR_NONE) {
		printf("error-%d - 0 0 0\n", error);
		return;
	}
	printf("%s ", sms.PDU == SMS_Deliver ? "SMS-DELIVER" : sms.PDU == SMS_Submit ? "SMS-SUBMIT" : "other");
	put_hex(sms.Number, 2 * UnicodeLength(sms.Number));
	printf(" %d %d %d ", sms.UDH.ID16bit >= 0 ? sms.UDH.ID16bit : sms.UDH.ID8bit,
	       sms.UDH.AllParts > 0 ? sms.UDH.AllParts : 0, sms.UDH.PartNumber);
	put_hex(sms.Text, 2 * UnicodeLength(sms.Text));
	putchar('\n');
}

static void encode(const char *line)
{
	static GSM_SMSMessage sms;
	unsigned char raw[1024];
	char kind, coding, number[LINE], text[LINE];
	int hours, length = 0;

	memset(&sms, 0, sizeof sms);
	memset(raw, 0, sizeof raw);
	GSM_SetDefaultSMSData(&sms);
	if (sscanf(line, "%c %c %d %d %d %d %d %d %d %8191s %8191s", &kind, &coding, &sms.SMSCTime.Year,
		   &sms.SMSCTime.Month, &sms.SMSCTime.Day, &sms.SMSCTime.Hour, &sms.SMSCTime.Minute,
		   &sms.SMSCTime.Second, &hours, number, text) != 11) {
		puts("?");
		return;
	}
	sms.SMSCTime.Timezone = hours * 3600;
	sms.DateTime = sms.SMSCTime;
	sms.PDU = kind == 'D' ? SMS_Deliver : SMS_Submit;
	sms.Coding = coding == '7' ? SMS_Coding_Default_No_Compression : SMS_Coding_Unicode_No_Compression;
	sms.SMSC.Validity.Format = SMS_Validity_RelativeFormat;
	sms.SMSC.Validity.Relative = SMS_VALID_1_Day;
	sms.Class = -1;
	from_hex(number, sms.Number, sizeof sms.Number - 2);
	sms.Length = (int)from_hex(text, sms.Text, sizeof sms.Text - 2) / 2;
	EncodeUnicode(sms.SMSC.Number, "+4917112345", 11);

	GSM_SMSMessageLayout layout = kind == 'D' ? PHONE_SMSDeliver : PHONE_SMSSubmit;
	GSM_Error error = GSM_EncodeSMSFrame(GSM_GetGlobalDebug(), &sms, raw, layout, &length, TRUE);
	if (error != ERR_NONE) {
		printf("error-%d\n", error);
		return;
	}
	/* The layout has fixed places; a PDU has none (23.040 9.2.2.1, 9.2.2.2). */
	put_hex(raw + layout.SMSCNumber, raw[layout.SMSCNumber] + 1);
	put_hex(raw + layout.firstbyte, 1);
	if (kind == 'S') {
		put_hex(raw + layout.TPMR, 1);
	}
	put_hex(raw + layout.Number, (raw[layout.Number] + 1) / 2 + 2);
	put_hex(raw + layout.TPPID, 1);
	put_hex(raw + layout.TPDCS, 1);
	if (kind == 'D') {
		put_hex(raw + layout.DateTime, 7);
	} else {
		put_hex(raw + layout.TPVP, 1);
	}
	put_hex(raw + layout.TPUDL, 1);
	put_hex(raw + layout.Text, (size_t)(length - layout.Text));
	putchar('\n');
}

int main(void)
{
	static char line[4 * LINE];

	GSM_SetDebugLevel("nothing", GSM_GetGlobalDebug());
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\r\n")] = 0;
		if (line[0] == 'D') {
			decode(line + 2);
		} else if (line[0] == 'E') {
			encode(line + 2);
		}
	}
	return 0;
}
