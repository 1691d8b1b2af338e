"""Why a whole file is not taken. One row's fault is a Problem, not one of these."""

from collections.abc import Iterable

from shared.refusal import Refusal


class SheetRefused(Refusal):
    """The file can't be read as a township's sheet; nothing of it was taken."""

    code = "SHEET_REFUSED"


class NotASpreadsheet(SheetRefused):
    """A PDF, a picture, a text: whatever its name says, no .xlsx."""

    code = "NOT_A_SPREADSHEET"

    def __init__(self, what: str = "") -> None:
        seen = f"（看起来是{what}）" if what else ""
        super().__init__(
            f"这个文件不是Excel表格{seen}。请用Excel或WPS打开原表，另存为.xlsx再导入。"
        )


class OldXls(SheetRefused):
    """The binary format of Excel 97–2003."""

    code = "OLD_XLS"

    def __init__(self) -> None:
        super().__init__("这是旧的.xls格式。请用Excel或WPS打开，另存为.xlsx再导入。")


class SheetEncrypted(SheetRefused):
    """Protected by an opening password."""

    code = "SHEET_ENCRYPTED"

    def __init__(self) -> None:
        super().__init__("这个文件设有打开密码。请打开后取消密码，保存后再导入。")


class SheetTooLarge(SheetRefused):
    """Larger than any township's sheet, on disk or once unpacked."""

    code = "SHEET_TOO_LARGE"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"文件太大，没有读取：{why}。请删去图片和多余的工作表、格式，或按村拆成几个文件。"
        )


class SheetTooManyRows(SheetRefused):
    """More lines than one file may bring."""

    code = "SHEET_TOO_MANY_ROWS"

    def __init__(self, rows_max: int) -> None:
        super().__init__(f"表格超过{rows_max:,}行，没有读取。请按村拆成几个文件，分别导入。")


class SheetNoHeader(SheetRefused):
    """No line of titles among the first rows that has what every row needs."""

    code = "SHEET_NO_HEADER"

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        named = "、".join(f"「{title}」" for title in self.missing)
        super().__init__(f"没有找到完整的表头，缺少这些列：{named}。请在数据上方补上列名。")


class SheetEmpty(SheetRefused):
    """Titles, and nobody below them."""

    code = "SHEET_EMPTY"

    def __init__(self, title: str) -> None:
        super().__init__(f"工作表“{title}”只有表头，没有一行人员。请填好人员后再导入。")


class SheetHeaderTwice(SheetRefused):
    """Two columns claim to be the same; guessing could take the wrong person's data."""

    code = "SHEET_HEADER_TWICE"

    def __init__(self, title: str, letters: Iterable[str]) -> None:
        where = "、".join(letters)
        super().__init__(
            f"有几列都像「{title}」（{where}列），无法判断用哪一列。请改清列名或只留一列。"
        )


class SheetDamaged(SheetRefused):
    """Cut off, altered on the way, or written by something that is no spreadsheet program."""

    code = "SHEET_DAMAGED"

    def __init__(self, why: str) -> None:
        super().__init__(f"文件已损坏：{why}。请用Excel或WPS打开原表，重新保存后再导入。")
